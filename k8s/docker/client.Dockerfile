# syntax=docker/dockerfile:1
# The console on the real packages, with the sample world in /app/samples. From the root of the checkout:
#   docker build -f k8s/docker/client.Dockerfile -t nsft-client:cpu .
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TORCH_PACKAGE=TorchSharp-cpu
ARG VERSION=1.0.0
WORKDIR /source
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Build.targets Directory.Packages.props global.json ./
COPY src src
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish src/Client/Client.csproj -c Release -o /app -p:NSftPackages=nuget -p:NSftTorchPackage=$TORCH_PACKAGE -p:Version=$VERSION

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 libturbojpeg \
    && rm -rf /var/lib/apt/lists/*
ENV ASPNETCORE_HTTP_PORTS=
WORKDIR /app
COPY samples samples
COPY --from=build /app /app
RUN ln -s /app/NSft.Client /usr/local/bin/nsft
USER 1654:1654
ENTRYPOINT ["nsft"]
