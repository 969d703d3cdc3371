using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NSft.Client.Processes;
using NSft.Collectives;
using NSft.Grains.Hosting.Settings;
using NSft.Silo;
using NSft.Silo.Logging;

namespace NSft.Client.Parsing;

/// <summary>Options of silo processes: what they offer, and how soon they notice that another is gone.</summary>
internal sealed class SiloOptions
{
    private static readonly SiloSettings Defaults = new(1, Cuda: false);

    private readonly Option<int> _workers = SharedOptions.Count("--workers-per-silo", 1, "Workers that a silo takes on its CPU, one thread each", least: 0);
    private readonly Option<bool> _cuda = new("--cuda") { Description = "Offer each GPU of this machine to one worker, instead of the CPU" };
    private readonly Option<double> _probe = SharedOptions.WithDefault(
        "--probe-period", Defaults.ProbePeriod.TotalSeconds, "Seconds between the questions whether another silo lives; a killed one is noticed at once");
    private readonly Option<int> _missed = SharedOptions.Count("--missed-probes", Defaults.MissedProbes, "Unanswered questions after which a frozen silo is declared dead");

    private readonly Option<int?> _httpPort;
    private readonly Option<string?> _httpHost = SharedOptions.Optional("--http-host", "Address to answer on, * for all of this machine (default: Http__Host, or 127.0.0.1)");

    private readonly Option<string?> _logFormat = SharedOptions.Optional("--log-format", "Write the log as text or as json, one line an event (default: Logging__Format, or text)");

    /// <summary>Options of a verb.</summary>
    /// <param name="httpPort">What the HTTP port means to it.</param>
    public SiloOptions(string httpPort)
    {
        _httpPort = new Option<int?>("--http-port") { Description = httpPort };
    }

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _workers, _cuda, _probe, _missed, _httpPort, _httpHost, _logFormat })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The settings, checked.</summary>
    /// <exception cref="UserInputException">One cannot be used.</exception>
    public SiloSettings Read(ParseResult parsed)
    {
        double seconds = parsed.GetValue(_probe);
        IConfiguration configuration = ConsoleConfiguration.Load();
        SiloSettings settings = new(parsed.GetValue(_workers), parsed.GetValue(_cuda))
        {
            ProbePeriod = double.IsFinite(seconds) && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue,
            MissedProbes = parsed.GetValue(_missed),
            Http = ReadHttp(parsed, configuration),
            LogFormat = parsed.GetValue(_logFormat) is string format ? LogOptions.Parse(format) : LogOptions.Format(configuration),
        };
        settings.ToConfiguration(null, null, new NSftConfiguration()).Ensure();
        return settings;
    }

    private HttpOptions ReadHttp(ParseResult parsed, IConfiguration configuration)
    {
        HttpOptions configured = HttpOptions.Read(configuration);
        HttpOptions options = configured with { Port = parsed.GetValue(_httpPort) ?? configured.Port, Host = parsed.GetValue(_httpHost) ?? configured.Host };
        HttpOptionsValidator.Ensure(options);
        return options;
    }
}
