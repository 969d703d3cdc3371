namespace Orleans.Storage;

/// <summary>A store that has to be reached before its silo joins the cluster.</summary>
internal interface IPreparedStorage
{
    /// <summary>Reaches it.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);
}
