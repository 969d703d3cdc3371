namespace Orleans.Runtime;

/// <summary>What a grain method returns.</summary>
internal enum ReturnKind
{
    Task,
    TaskOfResult,
    ValueTask,
    ValueTaskOfResult,
}
