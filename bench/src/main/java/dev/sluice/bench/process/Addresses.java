package dev.sluice.bench.process;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * Addresses of this machine. Some programs pass loopback over; packets to another address of this
 * machine stay on it too.
 */
public final class Addresses {

    private Addresses() {}

    /** An IPv4 address of this machine that is not of loopback. */
    public static InetAddress notLoopback() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Addresses::isUsable)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new BenchException(
                                            "This machine has no IPv4 address but loopback, which"
                                                + " Janus and Firefox do not use. One for a"
                                                + " measurement: ip link add bench0 type dummy; ip"
                                                + " address add 192.0.2.1/24 dev bench0; ip link"
                                                + " set bench0 up"));
        } catch (SocketException e) {
            throw new BenchException("The addresses of this machine cannot be read: " + e, e);
        }
    }

    private static boolean isUsable(NetworkInterface one) {
        try {
            return one.isUp() && !one.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }
}
