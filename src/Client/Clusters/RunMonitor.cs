using System.Globalization;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Clusters;

/// <summary>What a watcher knows of a run: the last status, and rates over the last steps.</summary>
/// <param name="time">Clock of the rates.</param>
internal sealed class RunMonitor(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);

    private readonly Queue<(long At, int Steps, long Tokens)> _samples = new();
    private long _tokens;

    /// <summary>The last status; null before the first.</summary>
    public RunStatus? Status { get; private set; }

    /// <summary>The last committed step that was told; null before the first.</summary>
    public StepMessage? LastStep { get; private set; }

    /// <summary>Steps a second over the last seconds; 0 while unknown.</summary>
    public double StepsPerSecond { get; private set; }

    /// <summary>Target tokens a second over the last seconds; 0 while unknown.</summary>
    public double TokensPerSecond { get; private set; }

    /// <summary>Time until all steps are committed at this rate; null while unknown.</summary>
    public TimeSpan? TimeLeft => Status is RunStatus status && StepsPerSecond > 0 && status.TotalSteps > 0 && !status.Phase.IsTerminal()
        ? TimeSpan.FromSeconds((status.TotalSteps - status.CommittedSteps) / StepsPerSecond)
        : null;

    /// <summary>Takes the next status.</summary>
    public void Take(RunStatus status)
    {
        bool isFirst = Status is null;
        if (Status?.Phase != status.Phase)
        {
            // What happened while the workers opened or the run was paused says nothing of the rate now.
            _samples.Clear();
        }

        Status = status;
        if (status.Steps.Length > 0)
        {
            LastStep = status.Steps[^1];
        }

        // What was committed before the watch began says nothing of the rate now.
        _tokens += isFirst ? 0 : status.Steps.Sum(step => step.Tokens);
        _samples.Enqueue((time.GetTimestamp(), status.CommittedSteps, _tokens));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At) > Window)
        {
            _samples.Dequeue();
        }

        (long at, int steps, long tokens) = _samples.Peek();
        double seconds = time.GetElapsedTime(at).TotalSeconds;
        StepsPerSecond = seconds > 0 ? Math.Max(0, status.CommittedSteps - steps) / seconds : 0;
        TokensPerSecond = seconds > 0 ? (_tokens - tokens) / seconds : 0;
    }

    /// <summary>The state in one line.</summary>
    public string Line()
    {
        if (Status is not RunStatus status)
        {
            return "waiting for the run";
        }

        List<string> parts = [string.Create(CultureInfo.InvariantCulture, $"{RunWords.Of(status.Phase)} {status.CommittedSteps}/{status.TotalSteps} steps")];
        if (LastStep is StepMessage step)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"loss {step.Loss:0.0000}"));
        }

        if (StepsPerSecond > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{StepsPerSecond:0.##} steps/s, {TokensPerSecond:0} tokens/s"));
        }

        parts.Add(WorkerText(status));
        if (status.View is ViewMessage view)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"view {view.Version}"));
        }

        if (TimeLeft is TimeSpan left)
        {
            parts.Add($"{DurationText(left)} left");
        }

        return string.Join(", ", parts);
    }

    /// <summary>Workers that compute, of those wanted.</summary>
    public static string WorkerText(RunStatus status)
    {
        int active = status.Workers.Count(worker => worker.Stage is WorkerStage.Active or WorkerStage.Draining);
        int coming = status.Workers.Length - active;
        string rest = coming > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({coming} coming)") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{active}/{status.TargetWorkers} workers{rest}");
    }

    /// <summary>A duration to the second.</summary>
    public static string DurationText(TimeSpan span) => span.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}h{span.Minutes:00}m")
        : span.TotalMinutes >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}m{span.Seconds:00}s")
            : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0}s");
}
