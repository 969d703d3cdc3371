namespace Orleans.Core;

/// <summary>One named piece of a grain's stored state.</summary>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state.</summary>
    TState State { get; set; }
}
