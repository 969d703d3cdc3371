namespace NSft.Grains.Benchmarks.Practice;

/// <summary>An answer that was made, and is therefore paid.</summary>
/// <param name="Key">SHA-256 of the request's content.</param>
/// <param name="Started">When the request had arrived, in timestamps of the system's clock.</param>
/// <param name="Ended">When the answer had been written, or could not be.</param>
/// <param name="IsDelivered">Whether the client was still there to take it.</param>
public sealed record PracticePayment(string Key, long Started, long Ended, bool IsDelivered);
