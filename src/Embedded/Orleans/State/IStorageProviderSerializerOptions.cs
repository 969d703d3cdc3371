namespace Orleans.Storage;

/// <summary>Settings of a store that lets its serializer be chosen.</summary>
public interface IStorageProviderSerializerOptions
{
    /// <summary>The serializer.</summary>
    IGrainStorageSerializer GrainStorageSerializer { get; set; }
}
