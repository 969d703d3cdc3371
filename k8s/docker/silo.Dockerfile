# syntax=docker/dockerfile:1
# A silo on the real packages. From the root of the checkout:
#   docker build -f k8s/docker/silo.Dockerfile -t nsft-silo:cuda .
#   docker build -f k8s/docker/silo.Dockerfile --build-arg TORCH_PACKAGE=TorchSharp-cpu -t nsft-silo:cpu .
# Alone, as Kubernetes runs it: docker run --read-only --tmpfs /tmp -e Http__Port=8080 -e 'Http__Host=*' -p 8080:8080 nsft-silo:cpu
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TORCH_PACKAGE=TorchSharp-cuda-linux
ARG VERSION=1.0.0
WORKDIR /source
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Build.targets Directory.Packages.props global.json ./
COPY src src
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish src/Silo/Silo.csproj -c Release -o /app -p:NSftPackages=nuget -p:NSftTorchPackage=$TORCH_PACKAGE -p:Version=$VERSION

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
# OpenMP for libtorch, and the decoder of JPEG images. The driver and nvidia-smi come from the node.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 libturbojpeg \
    && rm -rf /var/lib/apt/lists/*
ENV DOTNET_gcServer=1 \
    ASPNETCORE_HTTP_PORTS= \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
WORKDIR /app
COPY --from=build /app /app
USER 1654:1654
EXPOSE 11111 30000 8080
ENTRYPOINT ["dotnet", "/app/NSft.Silo.dll"]
