using System.CommandLine;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Storage;

namespace NSft.Client.Parsing;

/// <summary>Options of how a run lives through changes of its workers. None of them changes the result.</summary>
internal sealed class ElasticArguments
{
    /// <summary>End of the folder's name that checkpoints go to unless another is named.</summary>
    public const string CheckpointSuffix = ".checkpoints";

    private readonly Option<int> _minWorkers = SharedOptions.Count("--min-workers", 1, "Fewest workers that steps run with; below it the run waits");
    private readonly Option<string> _stateMode = SharedOptions.OneOf(
        "--state-mode", "replicated", "Who holds the optimizer state: all workers, or each a slice and its neighbour's", "replicated", "zero1");
    private readonly Option<int> _every = SharedOptions.Count("--every", 0, "Steps between checkpoints; 0 writes none", least: 0);
    private readonly Option<int> _keep = SharedOptions.Count("--keep", ElasticOptions.DefaultKeepCheckpoints, "Checkpoints that are kept");
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the newest whole checkpoint, on any number of workers" };
    private readonly Option<string?> _checkpoints = SharedOptions.Optional("--checkpoints", $"Folder or address of the checkpoints (default: that of --out with {CheckpointSuffix} behind its name)");
    private readonly Option<double> _deadline = SharedOptions.WithDefault(
        "--step-deadline", 0.0, "Seconds after which a worker that keeps a step waiting is left out; 0 follows from the steps before");

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _minWorkers, _stateMode, _every, _keep, _resume, _checkpoints, _deadline })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The options, checked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="output">Where the result goes.</param>
    /// <param name="workers">Workers wanted.</param>
    /// <exception cref="UserInputException">They contradict each other.</exception>
    public ElasticOptions Read(ParseResult parsed, string output, int workers)
    {
        int least = parsed.GetValue(_minWorkers);
        if (least > workers)
        {
            throw new UserInputException(FormattableString.Invariant($"--min-workers {least} is more than --workers {workers}; the run would wait for ever"));
        }

        double deadline = parsed.GetValue(_deadline);
        if (!double.IsFinite(deadline) || deadline < 0)
        {
            throw new UserInputException(FormattableString.Invariant($"--step-deadline cannot be {deadline}: give seconds, or 0 for a deadline that follows from the steps before"));
        }

        int every = parsed.GetValue(_every);
        bool isResumed = parsed.GetValue(_resume);
        string? named = parsed.GetValue(_checkpoints);
        string folder = PlaceOf(named ?? Path.TrimEndingDirectorySeparator(output) + CheckpointSuffix, isResumed);

        return new ElasticOptions(
            MinWorkers: least,
            StateMode: Enum.Parse<OptimizerStateMode>(parsed.GetRequiredValue(_stateMode), ignoreCase: true),
            StepDeadlineSeconds: deadline,
            CheckpointDirectory: every > 0 || isResumed || named is not null ? folder : null,
            CheckpointEvery: every,
            KeepCheckpoints: parsed.GetValue(_keep),
            Resume: isResumed);
    }

    /// <summary>Full path of a folder, or an address; what is at an address is looked at when the run is checked.</summary>
    private static string PlaceOf(string place, bool isResumed)
    {
        if (StoreAddress.IsBlob(place))
        {
            return StoreAddress.Parse(place).ToString();
        }

        string folder = Path.GetFullPath(place);
        if (File.Exists(folder))
        {
            throw new UserInputException($"--checkpoints {folder}: is a file; name a folder");
        }

        return isResumed && !Directory.Exists(folder)
            ? throw new UserInputException($"--resume: no checkpoints in {folder}; name their folder with --checkpoints, or leave --resume out")
            : folder;
    }
}
