using System.Security.Cryptography;

namespace NSft.Storage.Blobs;

/// <summary>Ids of blocks. The service wants those of one blob to be of one length.</summary>
internal static class BlockIds
{
    /// <summary>Bytes of an id: a number and a SHA-256.</summary>
    internal const int Bytes = sizeof(int) + SHA256.HashSizeInBytes;

    /// <summary>An id that no other block has.</summary>
    internal static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
}
