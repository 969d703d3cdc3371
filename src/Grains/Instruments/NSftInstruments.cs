using System.Runtime.CompilerServices;
using NSft.Storage;

namespace NSft.Grains.Instruments;

/// <summary>All instruments of a silo.</summary>
internal static class NSftInstruments
{
    private static readonly Type[] All =
    [
        typeof(StepInstruments),
        typeof(RunInstruments),
        typeof(CheckpointInstruments),
        typeof(ReduceInstruments),
        typeof(MemoryInstruments),
        typeof(ConstructionInstruments),
        typeof(QueueInstruments),
        typeof(StorageInstruments),
        typeof(SiloInstruments),
    ];

    /// <summary>Declares them, so that a silo reports its zeros from the start. Again does nothing.</summary>
    internal static void Declare()
    {
        foreach (var type in All)
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }
    }
}
