namespace NSft.Model.Tokenization;

/// <summary>Text to ids and back. Implementations can be used from any thread.</summary>
public interface ITokenizer
{
    /// <summary>Id that opens a sequence.</summary>
    int BosId { get; }

    /// <summary>Id that ends an answer.</summary>
    int EosId { get; }

    /// <summary>Id of text that the vocabulary cannot express.</summary>
    int UnknownId { get; }

    /// <summary>Number of pieces; ids from here on are added by the model (image, padding).</summary>
    int PieceCount { get; }

    /// <summary>Ids of a text, without opening and closing ids; the names of special pieces in it are plain text.</summary>
    /// <param name="text">Any text; half surrogates become U+FFFD.</param>
    IReadOnlyList<int> Encode(string text);

    /// <summary>Ids of a text that goes on where other ids end: no space is put before it.</summary>
    /// <param name="text">Any text; half surrogates become U+FFFD.</param>
    IReadOnlyList<int> EncodeContinuation(string text);

    /// <summary>Text of ids. Special pieces and ids from <see cref="PieceCount"/> on are invisible.</summary>
    /// <param name="ids">Ids of any kind.</param>
    string Decode(IEnumerable<int> ids);
}
