package io.github.ttmemorycheck.internal.wire;

/**
 * The answer to a DEVICE_INFO_QUERY. All amounts are in bytes, unsigned; totals that are not known are 0.
 *
 * @param device the device that was asked for; -1 asks for the number of devices
 * @param architecture 0 not known, 1 Grayskull, 2 Wormhole_B0, 3 Blackhole, 4 Quasar
 * @param available whether the device is there
 */
public record DeviceInfoResponse(
        int device,
        long totalDram,
        long totalL1,
        int architecture,
        int dramChannels,
        int dramPerChannel,
        int l1PerCore,
        boolean available,
        int devices) {}
