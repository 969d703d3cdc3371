using System.CommandLine;

namespace NSft.Client.Parsing;

/// <summary>Options of silo processes.</summary>
internal static class SiloOptions
{
    /// <summary><c>--workers-per-silo</c>.</summary>
    public static Option<int> WorkersPerSilo() => SharedOptions.Count("--workers-per-silo", 1, "Workers that a silo takes on its CPU, one thread each", least: 0);

    /// <summary><c>--cuda</c>.</summary>
    public static Option<bool> Cuda() => new("--cuda") { Description = "Offer the GPUs of this machine, one worker each" };
}
