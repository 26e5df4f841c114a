# An Ollama server for tests, without a model:
#   docker build -t ollama-reactive . && docker run --rm -p 11434:11434 ollama-reactive --replay
# The options are those of `serve --help`; without any it serves three small stand-in models.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /source
COPY . .
RUN mvn -B -ntp -q package -pl ollama-reactive-examples -am -DskipTests -Dmaven.javadoc.skip -Dmaven.source.skip \
    -Dspotless.check.skip -Djacoco.skip

FROM eclipse-temurin:17-jre
COPY --from=build /source/ollama-reactive-examples/target/lib /opt/ollama-reactive/lib
COPY --from=build /source/ollama-reactive-examples/target/ollama-reactive.jar /opt/ollama-reactive/
USER 65532:65532
EXPOSE 11434
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", "/opt/ollama-reactive/ollama-reactive.jar", \
    "serve", "--host", "0.0.0.0", "--port", "11434"]
