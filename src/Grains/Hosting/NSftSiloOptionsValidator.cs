using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace NSft.Grains.Hosting;

/// <summary>Checks a silo's options before it joins.</summary>
public sealed class NSftSiloOptionsValidator : IValidateOptions<NSftSiloOptions>
{
    private const int LargestPort = 65535;

    private static readonly TimeSpan LongestDrain = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, NSftSiloOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        CheckPort(problems, nameof(options.SiloPort), options.SiloPort);
        CheckPort(problems, nameof(options.GatewayPort), options.GatewayPort);
        CheckPort(problems, nameof(options.PrimaryPort), options.PrimaryPort ?? options.SiloPort);
        if (options.SiloPort == options.GatewayPort)
        {
            problems.Add("Silo:GatewayPort must differ from Silo:SiloPort");
        }

        if (options.AdvertisedAddress is { } address && !IPAddress.TryParse(address, out _))
        {
            problems.Add($"Silo:AdvertisedAddress cannot be '{address}': give an IP address");
        }

        CheckWork(problems, options);
        CheckTimes(problems, options);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckWork(List<string> problems, NSftSiloOptions options)
    {
        if (options.WorkersPerSilo < (options.Cuda ? 0 : 1))
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"Silo:WorkersPerSilo cannot be {options.WorkersPerSilo}: give at least {(options.Cuda ? 0 : 1)}"));
        }

        if (options.StateDirectory is { } directory && string.IsNullOrWhiteSpace(directory))
        {
            problems.Add("Silo:StateDirectory is empty: name a folder, or leave it out to join by ports");
        }
        else if (options.StateDirectory is { } file && File.Exists(file))
        {
            problems.Add($"Silo:StateDirectory {file} is a file: name a folder");
        }
    }

    private static void CheckTimes(List<string> problems, NSftSiloOptions options)
    {
        if (options.DrainLimit <= TimeSpan.Zero || options.DrainLimit > LongestDrain)
        {
            problems.Add($"Silo:DrainLimit cannot be {options.DrainLimit}: give more than zero, at most {LongestDrain}");
        }
    }

    private static void CheckPort(List<string> problems, string name, int port)
    {
        if (port is < 1 or > LargestPort)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"Silo:{name} cannot be {port}: give 1 to {LargestPort}"));
        }
    }
}
