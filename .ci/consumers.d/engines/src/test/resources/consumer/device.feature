Feature: a device

  Scenario: is there
    Given a device
