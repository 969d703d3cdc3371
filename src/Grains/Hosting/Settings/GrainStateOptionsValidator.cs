using Microsoft.Extensions.Options;
using NSft.Storage;

namespace NSft.Grains.Hosting.Settings;

/// <summary>Checks where grains keep their state before a silo joins.</summary>
public sealed class GrainStateOptionsValidator : IValidateOptions<GrainStateOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, GrainStateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return BlobNames.IsContainer(options.Container ?? string.Empty)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"State:Container cannot be '{options.Container}': give 3 to 63 lower-case letters, digits and single hyphens");
    }
}
