using System.Text.Json;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>
/// Committed steps and events of a run, in memory and, where the run has a directory, in <c>steps.jsonl</c> and <c>events.jsonl</c>, so
/// that the next coordinator and the user find them.
/// </summary>
/// <remarks>A line that a killed process left half written is dropped when the journal is opened; the step is told again by the workers.</remarks>
internal sealed class RunJournal
{
    internal const string StepsFile = "steps.jsonl";
    internal const string EventsFile = "events.jsonl";

    private readonly string? _directory;
    private readonly List<StepMessage> _steps = [];
    private readonly List<RunEventMessage> _events = [];

    private RunJournal(string? directory) => _directory = directory;

    internal IReadOnlyList<StepMessage> Steps => _steps;

    internal IReadOnlyList<RunEventMessage> Events => _events;

    /// <summary>Opens a journal and reads what is there.</summary>
    /// <param name="directory">The run's directory, made when absent; null for a journal in memory.</param>
    internal static RunJournal Open(string? directory)
    {
        var journal = new RunJournal(directory);
        if (directory is not null)
        {
            Directory.CreateDirectory(directory);
            Read<StepMessage>(Path.Combine(directory, StepsFile), journal._steps, journal.Place);
            Read<RunEventMessage>(Path.Combine(directory, EventsFile), journal._events, journal._events.Add);
        }

        return journal;
    }

    /// <summary>Adds a step; one that is there already is not added again.</summary>
    internal bool Add(StepMessage step)
    {
        if (!IsNew(step))
        {
            return false;
        }

        _steps.Add(step);
        Append(StepsFile, step);
        return true;
    }

    /// <summary>Forgets steps from one on: the run went back.</summary>
    internal void Forget(int from)
    {
        if (_steps.RemoveAll(step => step.Step >= from) > 0 && _directory is not null)
        {
            Rewrite(Path.Combine(_directory, StepsFile), _steps);
        }
    }

    internal void Add(RunEventMessage happened)
    {
        _events.Add(happened);
        Append(EventsFile, happened);
    }

    private bool IsNew(StepMessage step) => _steps.Count == 0 || step.Step > _steps[^1].Step;

    /// <summary>
    /// Takes a step as it was written. A coordinator that did not know yet that it was replaced may have told a step again, or a later
    /// one that its successor had forgotten: steps are the same whoever tells them, and what follows a step that comes later is void.
    /// </summary>
    private void Place(StepMessage step)
    {
        var before = _steps.FindLastIndex(known => known.Step <= step.Step);
        if (before < 0 || _steps[before].Step != step.Step)
        {
            _steps.RemoveRange(before + 1, _steps.Count - before - 1);
            _steps.Add(step);
        }
    }

    private static void Read<T>(string path, List<T> items, Action<T> take)
    {
        if (!File.Exists(path))
        {
            return;
        }

        var text = File.ReadAllText(path);
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            take(JsonSerializer.Deserialize<T>(line)!);
        }

        if (!text.EndsWith('\n') && text.Length > 0)
        {
            Rewrite(path, items);
        }
    }

    private static void Rewrite<T>(string path, List<T> items)
    {
        var temporary = path + ".tmp";
        File.WriteAllLines(temporary, items.Select(item => JsonSerializer.Serialize(item)));
        File.Move(temporary, path, overwrite: true);
    }

    private void Append<T>(string file, T item)
    {
        if (_directory is not null)
        {
            File.AppendAllText(Path.Combine(_directory, file), JsonSerializer.Serialize(item) + "\n");
        }
    }
}
