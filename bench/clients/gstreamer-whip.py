"""Publishes a moving picture by WHIP with GStreamer's webrtcbin: gstreamer-whip.py WHIP REPORT CODEC KBPS

Tells REPORT "ok" by a POST when the answer is set, else the reason of the failure, and goes on until it is ended.
Debian: python3-gi gir1.2-gst-plugins-bad-1.0 gstreamer1.0-nice gstreamer1.0-plugins-{base,good,bad,ugly}
"""

import sys
import urllib.error
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

# Noise that is made small and large again: it moves everywhere, and has as many details as an encoder wants.
PICTURE = (
    "videotestsrc is-live=true pattern=snow ! video/x-raw,width=32,height=18,framerate=30/1"
    " ! videoscale ! video/x-raw,width=640,height=360 ! videoconvert ! queue"
)

ENCODERS = {
    "VP8": "vp8enc deadline=1 cpu-used=8 end-usage=cbr keyframe-max-dist=300 target-bitrate={bps} ! rtpvp8pay",
    "VP9": "vp9enc deadline=1 cpu-used=8 end-usage=cbr keyframe-max-dist=300 target-bitrate={bps} ! rtpvp9pay",
    "H264": "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=300 bitrate={kbps}"
    " ! video/x-h264,profile=constrained-baseline ! rtph264pay config-interval=-1 aggregate-mode=zero-latency",
}


def post(url, body, kind):
    request = urllib.request.Request(url, body.encode(), {"Content-Type": kind})
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.read().decode()


class Publisher:
    def __init__(self, whip, report, codec, kbps):
        self.whip = whip
        self.report = report
        encoder = ENCODERS[codec].format(bps=kbps * 1000, kbps=kbps)
        self.pipeline = Gst.parse_launch(
            f"{PICTURE} ! {encoder} ! application/x-rtp,media=video,encoding-name={codec},payload=96"
            " ! webrtcbin name=peer bundle-policy=max-bundle"
        )
        self.peer = self.pipeline.get_by_name("peer")
        self.peer.connect("on-negotiation-needed", self.offer)
        self.peer.connect("notify::ice-gathering-state", self.gathered)

    def offer(self, peer):
        transceiver = peer.emit("get-transceiver", 0)
        transceiver.set_property("direction", GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY)
        promise = Gst.Promise.new_with_change_func(self.offered)
        peer.emit("create-offer", None, promise)

    def offered(self, promise):
        reply = promise.get_reply()
        description = reply.get_value("offer")
        self.peer.emit("set-local-description", description, Gst.Promise.new())

    def gathered(self, peer, _):
        if peer.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            GLib.idle_add(self.exchange)

    def exchange(self):
        offer = self.peer.get_property("local-description").sdp.as_text()
        try:
            self.accept(post(self.whip, offer, "application/sdp"))
            self.tell("ok")
        except urllib.error.HTTPError as error:
            self.tell(f"was answered {error.code} {error.read().decode()}")
        return False

    def tell(self, text):
        post(self.report, text, "text/plain")

    def accept(self, answer):
        _, message = GstSdp.SDPMessage.new_from_text(answer)
        description = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
        self.peer.emit("set-remote-description", description, Gst.Promise.new())


def main():
    if len(sys.argv) == 2 and sys.argv[1] == "--version":
        Gst.init(None)
        print(Gst.version_string())
        return
    Gst.init(None)
    whip, report, codec, kbps = sys.argv[1:]
    if codec not in ENCODERS:
        post(report, f"does not send {codec}: this GStreamer has no payloader for it", "text/plain")
        return
    publisher = Publisher(whip, report, codec, int(kbps))
    publisher.pipeline.set_state(Gst.State.PLAYING)
    GLib.MainLoop().run()


main()
