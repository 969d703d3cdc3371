namespace NSft.Tests.Stores;

/// <summary>The process was killed here: nobody catches it.</summary>
internal sealed class KilledException() : Exception("killed");
