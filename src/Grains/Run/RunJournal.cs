using System.Text.Json;
using System.Text.Json.Serialization;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Storage;

namespace NSft.Grains.Run;

/// <summary>
/// Committed steps and events of a run, in memory and, where the run has a directory or an address, in <c>steps.jsonl</c> and
/// <c>events.jsonl</c>, so that the next coordinator and the user find them.
/// </summary>
/// <remarks>
/// Workers tell their last step again, so whoever begins another one waits for <see cref="FlushAsync"/> first: then no killed coordinator
/// leaves a gap. While the place fails, the run goes on and the lines wait in memory.
/// </remarks>
internal sealed class RunJournal
{
    internal const string StepsFile = "steps.jsonl";
    internal const string EventsFile = "events.jsonl";

    private readonly JournalFile? _stepLines;
    private readonly JournalFile? _eventLines;
    private readonly List<StepMessage> _steps = [];
    private readonly List<RunEventMessage> _events = [];

    private RunJournal(JournalFile? stepLines, JournalFile? eventLines)
    {
        _stepLines = stepLines;
        _eventLines = eventLines;
    }

    /// <summary>A journal in memory.</summary>
    internal static RunJournal InMemory() => new(null, null);

    internal IReadOnlyList<StepMessage> Steps => _steps;

    internal IReadOnlyList<RunEventMessage> Events => _events;

    /// <summary>Why lines wait in memory; null while nothing is wrong.</summary>
    internal string? Problem => _stepLines?.Problem ?? _eventLines?.Problem;

    /// <summary>Opens a journal and reads what is there.</summary>
    /// <param name="stores">Opens addresses.</param>
    /// <param name="place">The run's directory, made when absent, or its address; null for a journal in memory.</param>
    /// <exception cref="UserInputException">The place cannot be read.</exception>
    internal static async Task<RunJournal> OpenAsync(IObjectStores stores, string? place)
    {
        if (place is null)
        {
            return InMemory();
        }

        try
        {
            var (steps, events) = (PlaceOf(stores, place, StepsFile), PlaceOf(stores, place, EventsFile));
            var (stepLines, eventLines) = (await steps.OpenAsync(), await events.OpenAsync());
            var journal = new RunJournal(new JournalFile(steps), new JournalFile(events));
            foreach (var line in stepLines)
            {
                journal.Take(line);
            }

            // Two coordinators may have counted from the same number on.
            journal._events.AddRange(eventLines.Select((line, index) => JsonSerializer.Deserialize<RunEventMessage>(line)! with { Sequence = index + 1 }));
            return journal;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserInputException($"{place}: the run's journal cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Adds a step; one that is there already is not added again.</summary>
    internal bool Add(StepMessage step)
    {
        if (_steps.Count > 0 && step.Step <= _steps[^1].Step)
        {
            return false;
        }

        _steps.Add(step);
        _stepLines?.Append(JsonSerializer.Serialize(step));
        return true;
    }

    internal void Add(RunEventMessage happened)
    {
        _events.Add(happened);
        _eventLines?.Append(JsonSerializer.Serialize(happened));
    }

    /// <summary>Forgets steps from one on: the run went back.</summary>
    internal void Forget(int from)
    {
        if (_steps.RemoveAll(step => step.Step >= from) > 0)
        {
            _stepLines?.Amend([.. _steps.Select(step => JsonSerializer.Serialize(step))], JsonSerializer.Serialize(new Back(from)));
        }
    }

    /// <summary>Ends when all lines are in their place, or it has failed.</summary>
    internal Task FlushAsync() => Task.WhenAll(_stepLines?.FlushAsync() ?? Task.CompletedTask, _eventLines?.FlushAsync() ?? Task.CompletedTask);

    private static IJournalPlace PlaceOf(IObjectStores stores, string place, string file) => StoreAddress.IsBlob(place)
        ? new StoredJournalPlace(stores.Open(StoreAddress.Parse(place)), file)
        : new FolderJournalPlace(Path.Combine(place, file));

    /// <summary>
    /// Takes a step as it was written. A coordinator that did not know yet that it was replaced may have told a step again, or a later
    /// one that its successor had forgotten: steps are the same whoever tells them, and what follows a step that comes later is void.
    /// </summary>
    private void Take(string line)
    {
        if (JsonSerializer.Deserialize<Back>(line)!.BackTo is { } from)
        {
            _steps.RemoveAll(known => known.Step >= from);
            return;
        }

        var step = JsonSerializer.Deserialize<StepMessage>(line)!;
        var before = _steps.FindLastIndex(known => known.Step <= step.Step);
        if (before < 0 || _steps[before].Step != step.Step)
        {
            _steps.RemoveRange(before + 1, _steps.Count - before - 1);
            _steps.Add(step);
        }
    }

    /// <summary>The run went back: later steps are void.</summary>
    private sealed record Back([property: JsonPropertyName("backTo")] int? BackTo);
}
