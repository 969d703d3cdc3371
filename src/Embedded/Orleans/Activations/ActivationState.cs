namespace Orleans.Runtime;

/// <summary>The life of an activation; it only moves down the list.</summary>
internal enum ActivationState
{
    Created,
    Activating,
    Active,
    Deactivating,
    Ended,
}
