using System.CommandLine;
using NSft.Client.Processes;
using NSft.Collectives;
using NSft.Grains.Hosting;

namespace NSft.Client.Parsing;

/// <summary>Options of silo processes: what they offer, and how soon they notice that another is gone.</summary>
internal sealed class SiloOptions
{
    private static readonly NSftSiloOptions Defaults = new();

    private readonly Option<int> _workers = SharedOptions.Count("--workers-per-silo", 1, "Workers that a silo takes on its CPU, one thread each", least: 0);
    private readonly Option<bool> _cuda = new("--cuda") { Description = "Offer each GPU of this machine to one worker, instead of the CPU" };
    private readonly Option<double> _probe = SharedOptions.WithDefault(
        "--probe-period", Defaults.ProbePeriod.TotalSeconds, "Seconds between the questions whether another silo lives; a killed one is noticed at once");
    private readonly Option<int> _missed = SharedOptions.Count("--missed-probes", Defaults.MissedProbes, "Unanswered questions after which a frozen silo is declared dead");

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _workers, _cuda, _probe, _missed })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The settings, checked.</summary>
    /// <exception cref="UserInputException">One cannot be used.</exception>
    public SiloSettings Read(ParseResult parsed)
    {
        double seconds = parsed.GetValue(_probe);
        SiloSettings settings = new(parsed.GetValue(_workers), parsed.GetValue(_cuda))
        {
            ProbePeriod = double.IsFinite(seconds) && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue,
            MissedProbes = parsed.GetValue(_missed),
        };
        SiloHost.Ensure(settings.ToHostOptions(null, null));
        return settings;
    }
}
