using System.Globalization;
using Microsoft.Extensions.Options;

namespace NSft.Silo;

/// <summary>Checks a silo's options before it joins.</summary>
public sealed class NSftSiloOptionsValidator : IValidateOptions<NSftSiloOptions>
{
    private const int LargestPort = 65535;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, NSftSiloOptions options)
    {
        var problems = new List<string>();
        CheckPort(problems, nameof(options.SiloPort), options.SiloPort);
        CheckPort(problems, nameof(options.GatewayPort), options.GatewayPort);
        CheckPort(problems, nameof(options.PrimaryPort), options.PrimaryPort ?? options.SiloPort);
        if (options.SiloPort == options.GatewayPort)
        {
            problems.Add("Silo:GatewayPort must differ from Silo:SiloPort");
        }

        if (string.IsNullOrWhiteSpace(options.ClusterId))
        {
            problems.Add("Silo:ClusterId is empty");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckPort(List<string> problems, string name, int port)
    {
        if (port is < 1 or > LargestPort)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"Silo:{name} cannot be {port}: give 1 to {LargestPort}"));
        }
    }
}
