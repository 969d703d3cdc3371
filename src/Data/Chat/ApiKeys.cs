using NSft.Collectives;

namespace NSft.Data.Chat;

/// <summary>Reads API keys from where they belong: an environment variable or a file.</summary>
public static class ApiKeys
{
    private const int LongestKey = 4096;

    /// <summary>Reads a key; a file that is named goes before the variable.</summary>
    /// <param name="variable">Name of the environment variable.</param>
    /// <param name="file">File that holds nothing but the key, or null.</param>
    /// <param name="isRequired">Whether a key must be there; false for servers of one's own, which may want none.</param>
    /// <returns>The key; empty when none is set and none is required.</returns>
    /// <exception cref="UserInputException">There is no key, or the file cannot be read; the message names variable and file, never the key.</exception>
    public static string Read(string variable, string? file, bool isRequired = true)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(variable);
        string key = (file is null ? Environment.GetEnvironmentVariable(variable) ?? "" : ReadFile(file)).Trim();
        string source = file is null ? $"environment variable {variable}" : $"{file}: the key file";
        if (key.Length == 0 && (isRequired || file is not null))
        {
            throw new UserInputException(file is null
                ? $"no API key: set the environment variable {variable}, or name a file that holds the key"
                : $"{source} is empty");
        }

        return IsPossible(key) ? key : throw new UserInputException($"{source} holds no API key: a key is one word of ASCII letters, digits and marks");
    }

    /// <summary>Whether a text can be sent as a key: visible ASCII only, so that it can never break a header.</summary>
    internal static bool IsPossible(string key) => key.Length <= LongestKey && key.All(letter => letter is > ' ' and <= '~');

    private static string ReadFile(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            byte[] content = new byte[LongestKey + 2];
            int length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return System.Text.Encoding.UTF8.GetString(content, 0, length).TrimStart('\uFEFF');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UserInputException($"{file}: the key file cannot be read", exception);
        }
    }
}
