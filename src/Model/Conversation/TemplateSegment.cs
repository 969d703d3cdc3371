namespace NSft.Model.Conversation;

/// <summary>A piece of a turn that is tokenised on its own.</summary>
/// <param name="Text">Text with at most one question marker, or the image marker alone.</param>
/// <param name="Continues">Whether no space is put before it.</param>
internal sealed record TemplateSegment(string Text, bool Continues)
{
    public bool IsImage => Text == ConversationTemplate.ImageMarker;

    public bool HasQuestion => Text.Contains(ConversationTemplate.QuestionMarker, StringComparison.Ordinal);

    public string Fill(string question)
    {
        int at = Text.IndexOf(ConversationTemplate.QuestionMarker, StringComparison.Ordinal);
        return at < 0 ? Text : string.Concat(Text.AsSpan(0, at), question, Text.AsSpan(at + ConversationTemplate.QuestionMarker.Length));
    }
}
