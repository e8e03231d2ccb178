# syntax=docker/dockerfile:1

# Builds what runs: server/target/sluice/, the server's jar and its libraries.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -q -B -DskipTests -pl server -am package

FROM eclipse-temurin:25-jre-noble
LABEL org.opencontainers.image.title="Sluice" \
      org.opencontainers.image.description="A standalone WebRTC/RTP media server"

# What SRTP runs fastest on, where the distribution has it for this processor; else it runs on the next best.
RUN apt-get update -q \
 && for library in libssl3t64 libipsec-mb1; do \
        if apt-cache show "$library" >/dev/null 2>&1; then \
            apt-get install -q -y --no-install-recommends "$library" || exit 1; \
        fi; \
    done \
 && rm -rf /var/lib/apt/lists/*

# No home, no shell, and a number that Kubernetes can check for runAsNonRoot.
RUN groupadd --system --gid 10001 sluice \
 && useradd --system --uid 10001 --gid sluice --no-create-home --home-dir /opt/sluice --shell /usr/sbin/nologin sluice

COPY --from=build /src/config/jvm.options /src/config/sluice.yaml /opt/sluice/config/
COPY --from=build /src/server/target/sluice/ /opt/sluice/lib/

WORKDIR /opt/sluice
USER 10001:10001

# HTTP (page, WHIP, WHEP, metrics) and media; a change of http.port or media.port by variable needs other mappings.
EXPOSE 8080/tcp 8081/udp 8081/tcp

# A JVM of its own each time, started as cheaply as it goes. It asks the port that the SLUICE_ variables name.
HEALTHCHECK --interval=30s --timeout=10s --start-period=15s --retries=3 \
    CMD ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-cp", "/opt/sluice/lib/*", "dev.sluice.server.app.Main", "health"]

# java is process 1 and gets SIGTERM itself.
ENTRYPOINT ["java", "@/opt/sluice/config/jvm.options", "-cp", "/opt/sluice/lib/*", "dev.sluice.server.app.Main"]
CMD ["run"]
