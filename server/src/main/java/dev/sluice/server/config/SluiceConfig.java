package dev.sluice.server.config;

/** Everything that can be set; {@link ConfigLoader} makes one from YAML and the environment. */
public record SluiceConfig(
        HttpConfig http,
        MediaConfig media,
        SrtpConfig srtp,
        AuthConfig auth,
        WhepConfig whep,
        MetricsConfig metrics,
        ControlConfig control,
        LimitsConfig limits) {}
