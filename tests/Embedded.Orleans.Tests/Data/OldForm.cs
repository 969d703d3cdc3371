namespace NSft.Embedded.Orleans.Tests.Data;

/// <summary>An older or newer form of <see cref="NewForm"/>.</summary>
[GenerateSerializer]
public sealed class OldForm
{
    [Id(1)]
    public string? Text { get; set; }

    [Id(4)]
    public Link? Kept { get; set; }

    [Id(5)]
    public string? OnlyOld { get; set; }
}
