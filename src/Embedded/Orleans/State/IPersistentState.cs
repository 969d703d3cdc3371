using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>One named piece of a grain's stored state, read before the grain activates.</summary>
public interface IPersistentState<TState> : IStorage<TState>
{
}
