namespace NSft.Data;

/// <summary>A question and its answer.</summary>
/// <param name="Question">What the human says, without the image marker.</param>
/// <param name="Answer">What the model is to say.</param>
public sealed record DialogueTurn(string Question, string Answer);
