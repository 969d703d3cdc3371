namespace NSft.Grains.Jobs;

/// <summary>How the concurrency of a job is divided: equally over the active silos, the first ones taking what is left over.</summary>
internal static class JobShare
{
    /// <summary>What the silo at a position may do at once; 0 where there are more silos than work at once.</summary>
    /// <param name="concurrency">What the whole job may do at once.</param>
    /// <param name="position">Position of the silo among the active ones, in order of address.</param>
    /// <param name="siloCount">Active silos.</param>
    internal static int Of(int concurrency, int position, int siloCount) =>
        (concurrency / siloCount) + (position < concurrency % siloCount ? 1 : 0);

    /// <summary>Blocks that a silo holds so that its share is busy while a finished block is replaced by the next.</summary>
    /// <param name="share">What the silo may do at once.</param>
    /// <param name="blockSize">Pieces of work in a block.</param>
    internal static int LanesOf(int share, int blockSize) => share == 0 ? 0 : ((share + blockSize - 1) / blockSize) + 1;

    /// <summary>The active silos of a view in order of address: the same on every silo that has the same view.</summary>
    internal static SiloAddress[] ActiveSilos(ClusterMembershipSnapshot view) =>
        [.. view.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress).Order()];
}
