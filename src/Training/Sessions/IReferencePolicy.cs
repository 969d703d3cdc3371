namespace NSft.Training.Sessions;

/// <summary>The model as it was at the start of the run.</summary>
internal interface IReferencePolicy : IDisposable
{
    /// <summary>Bytes that the reference holds.</summary>
    long Bytes { get; }

    /// <summary>Makes the model compute as the reference.</summary>
    /// <returns>Ends it.</returns>
    IDisposable Use();
}
