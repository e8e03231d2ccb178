package dev.sluice.sockets;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** How the loop talks to the kernel: epoll where there is one, NIO elsewhere. */
public enum Transport {
    EPOLL {
        @Override
        public IoHandlerFactory ioHandler() {
            return EpollIoHandler.newFactory();
        }

        @Override
        public Class<? extends DatagramChannel> channelType() {
            return EpollDatagramChannel.class;
        }

        @Override
        public Class<? extends ServerSocketChannel> serverChannelType() {
            return EpollServerSocketChannel.class;
        }
    },
    NIO {
        @Override
        public IoHandlerFactory ioHandler() {
            return NioIoHandler.newFactory();
        }

        @Override
        public Class<? extends DatagramChannel> channelType() {
            return NioDatagramChannel.class;
        }

        @Override
        public Class<? extends ServerSocketChannel> serverChannelType() {
            return NioServerSocketChannel.class;
        }
    };

    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    public abstract IoHandlerFactory ioHandler();

    public abstract Class<? extends DatagramChannel> channelType();

    public abstract Class<? extends ServerSocketChannel> serverChannelType();
}
