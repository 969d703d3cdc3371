namespace NSft.Data.Formats.Rows;

/// <summary>How a format spells its messages.</summary>
/// <param name="Role">Field of the role.</param>
/// <param name="Content">Field of the text.</param>
/// <param name="Human">What the one who asks is called.</param>
/// <param name="Assistant">What the one who answers is called.</param>
/// <param name="System">What instructions are called.</param>
internal sealed record TurnTags(string Role, string Content, string Human, string Assistant, string System)
{
    /// <summary>As LLaVA's conversations have it.</summary>
    public static TurnTags Llava { get; } = new("from", "value", "human", "gpt", "system");

    /// <summary>As chats have it.</summary>
    public static TurnTags Chat { get; } = new("role", "content", "user", "assistant", "system");

    /// <summary>The role of a name, or null.</summary>
    public DatasetRole? RoleOf(string name) =>
        name == Human ? DatasetRole.Human : name == Assistant ? DatasetRole.Assistant : name == System ? DatasetRole.System : null;

    /// <summary>The name of a role.</summary>
    public string NameOf(DatasetRole role) => role switch
    {
        DatasetRole.Human => Human,
        DatasetRole.Assistant => Assistant,
        _ => System,
    };
}
