namespace Orleans.Storage;

/// <summary>Makes bytes of state, and state of bytes.</summary>
public interface IGrainStorageSerializer
{
    /// <summary>The bytes of state.</summary>
    BinaryData Serialize<T>(T? input);

    /// <summary>The state of bytes.</summary>
    T? Deserialize<T>(BinaryData input);
}
