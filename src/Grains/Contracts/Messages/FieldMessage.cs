namespace NSft.Grains.Contracts.Messages;

/// <summary>A further field of a row.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="Json">Its value as JSON text.</param>
[GenerateSerializer, Immutable, Alias("nsft.field")]
public sealed record FieldMessage(
    [property: Id(0)] string Name,
    [property: Id(1)] string Json);
