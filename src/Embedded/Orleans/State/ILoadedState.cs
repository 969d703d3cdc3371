namespace Orleans.Runtime;

/// <summary>State that is read before its grain starts.</summary>
internal interface ILoadedState
{
    /// <summary>Reads it.</summary>
    Task LoadAsync();
}
