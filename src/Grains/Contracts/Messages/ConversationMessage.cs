namespace NSft.Grains.Contracts.Messages;

/// <summary>A constructed conversation on its way to the job.</summary>
/// <param name="Id">Identity of the row.</param>
/// <param name="Image">Image file, relative to the image directory.</param>
/// <param name="Turns">Questions and answers.</param>
/// <param name="Fields">Provenance and other fields, in the order they are written.</param>
[GenerateSerializer, Immutable, Alias("nsft.conversation")]
public sealed record ConversationMessage(
    [property: Id(0)] string Id,
    [property: Id(1)] string Image,
    [property: Id(2)] TurnMessage[] Turns,
    [property: Id(3)] FieldMessage[] Fields);
