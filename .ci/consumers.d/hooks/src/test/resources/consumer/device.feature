Feature: a device

  Scenario: it deallocates
    When a tensor of 4096 bytes is made and deallocated

  Scenario: it forgets
    When a tensor of 4096 bytes is made
