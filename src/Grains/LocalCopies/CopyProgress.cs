using NSft.Storage;

namespace NSft.Grains.LocalCopies;

/// <summary>How far the fetching of a copy is.</summary>
/// <param name="Address">What is fetched.</param>
/// <param name="DoneBytes">Bytes that are here.</param>
/// <param name="TotalBytes">Bytes in all.</param>
public readonly record struct CopyProgress(StoreAddress Address, long DoneBytes, long TotalBytes);
