# The workbench, for workers on Kubernetes and elsewhere: docs/cluster.md.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
ARG MLNet=bundled
# Compiled here for this image's processor, so that workers start in half the time.
RUN dotnet publish Workbench -c Release -o /workbench --use-current-runtime --self-contained false -p:PublishReadyToRun=true -p:MLNet=$MLNet -p:RunAnalyzers=false

FROM mcr.microsoft.com/dotnet/runtime:10.0
COPY --from=build /workbench /opt/workbench
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1
# The user that the runtime's image brings, by number, as Kubernetes wants to see that it is not root.
RUN mkdir /studies && chown 1654:1654 /studies
USER 1654:1654
WORKDIR /studies
ENTRYPOINT ["/opt/workbench/workbench"]
CMD ["--help"]
