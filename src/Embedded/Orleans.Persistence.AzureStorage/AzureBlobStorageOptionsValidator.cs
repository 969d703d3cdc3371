using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Checks the settings of a store in blobs.</summary>
public class AzureBlobStorageOptionsValidator : IConfigurationValidator
{
    private const int ShortestContainer = 3;
    private const int LongestContainer = 63;

    private readonly AzureBlobStorageOptions _options;
    private readonly string _name;

    /// <summary>Takes the settings.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="name">The store's name.</param>
    public AzureBlobStorageOptionsValidator(AzureBlobStorageOptions options, string name)
    {
        _options = options;
        _name = name;
    }

    /// <inheritdoc/>
    public void ValidateConfiguration()
    {
        if (_options.BlobServiceClient is null)
        {
            throw new OrleansConfigurationException($"The grain storage \"{_name}\" has no credentials: set {nameof(AzureBlobStorageOptions)}.{nameof(AzureBlobStorageOptions.BlobServiceClient)}.");
        }

        if (_options.GrainStorageSerializer is null)
        {
            throw new OrleansConfigurationException(
                $"The grain storage \"{_name}\" has no {nameof(IGrainStorageSerializer)}: the embedded engine brings none, so set {nameof(AzureBlobStorageOptions)}.{nameof(AzureBlobStorageOptions.GrainStorageSerializer)}.");
        }

        if (!IsContainer(_options.ContainerName))
        {
            throw new OrleansConfigurationException(
                $"The grain storage \"{_name}\" has the container \"{_options.ContainerName}\": a container's name has 3 to 63 lower-case letters, digits and single hyphens.");
        }
    }

    private static bool IsContainer(string? name) =>
        name is { Length: >= ShortestContainer and <= LongestContainer }
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
        && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);
}
