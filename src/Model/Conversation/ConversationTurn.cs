namespace NSft.Model.Conversation;

/// <summary>A question and its answer.</summary>
/// <param name="Question">What the user says; an image marker in the first one is taken out, the image goes where the template wants it.</param>
/// <param name="Answer">What the assistant says and is trained on; null in the last turn makes a prompt for generation.</param>
public sealed record ConversationTurn(string Question, string? Answer);
