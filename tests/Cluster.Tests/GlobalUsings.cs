global using Microsoft.Extensions.DependencyInjection;
global using NSft.Cluster.Silo;
global using Orleans;
global using Orleans.Runtime;
