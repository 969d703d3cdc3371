using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using NSft.Collectives;

namespace NSft.Silo;

/// <summary>Checks the options before anything starts.</summary>
internal sealed class HttpOptionsValidator : IValidateOptions<HttpOptions>
{
    /// <summary>Throws what is wrong.</summary>
    /// <exception cref="UserInputException">Something is.</exception>
    public static void Ensure(HttpOptions options)
    {
        var result = new HttpOptionsValidator().Validate(null, options);
        if (result.Failed)
        {
            throw new UserInputException(string.Join("; ", result.Failures));
        }
    }

    /// <summary>The address to listen on; null for all of this machine.</summary>
    public static IPAddress? AddressOf(HttpOptions options) => options.Host switch
    {
        "*" => null,
        "localhost" => IPAddress.Loopback,
        _ => IPAddress.Parse(options.Host),
    };

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HttpOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        if (options.Port is < 0 or > IPEndPoint.MaxPort)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"Http:Port cannot be {options.Port}: give 1 to {IPEndPoint.MaxPort}, or 0 for a free one"));
        }

        if (options.Host is not ("*" or "localhost") && !IPAddress.TryParse(options.Host, out _))
        {
            problems.Add($"Http:Host '{options.Host}' is no address: give an IP address of this machine, localhost or *");
        }

        if (options.Meters.Any(string.IsNullOrWhiteSpace))
        {
            problems.Add("Http:Meters has an empty name");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
