namespace NSft.Grains.Fleet;

/// <summary>Finds the GPUs of this machine.</summary>
internal interface IGpuProbe
{
    /// <summary>Memory of each GPU in bytes, in the order of their indices; 0 where it cannot be told.</summary>
    IReadOnlyList<long> FindMemory();
}
