using NSft.Collectives;

namespace NSft.Training.Checkpoints;

/// <summary>The files of one checkpoint, wherever they lie. Its members block: for a worker's own thread.</summary>
public interface ICheckpointSource
{
    /// <summary>The checkpoint's folder, or its address.</summary>
    string Place { get; }

    /// <summary>Reads the manifest.</summary>
    /// <exception cref="UserInputException">It is missing, damaged or of another form.</exception>
    CheckpointManifest ReadManifest();

    /// <summary>Reads a file of state, block by block; its hash is known at the end only.</summary>
    /// <param name="file">The manifest's entry.</param>
    /// <param name="take">Takes the state.</param>
    /// <exception cref="UserInputException">The file is missing or damaged: what was taken means nothing.</exception>
    void Read(CheckpointFile file, StateWriter take);
}
