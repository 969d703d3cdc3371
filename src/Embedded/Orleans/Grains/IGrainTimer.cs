namespace Orleans.Runtime;

/// <summary>A timer of a grain.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets other times.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
