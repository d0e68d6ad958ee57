package io.github.ttmemorycheck.internal.wire;

/**
 * The answer to a DEVICE_INFO_QUERY.
 *
 * @param device the device that was asked for; -1 asks for the number of devices
 * @param totalDram bytes of DRAM in all, 0 when not known
 * @param totalL1 bytes of L1 in all, 0 when not known
 * @param architecture 0 not known, 1 Grayskull, 2 Wormhole_B0, 3 Blackhole, 4 Quasar
 * @param dramChannels number of DRAM channels
 * @param dramPerChannel bytes of DRAM of each channel, unsigned
 * @param l1PerCore bytes of L1 of each core, unsigned
 * @param available whether the device is there
 * @param devices number of devices
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
