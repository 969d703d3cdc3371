namespace NSft.Grains.Hosting.Settings;

/// <summary>Connection strings of Azure Storage and Redis: what is wrong with one, and what of it may be shown. Pure.</summary>
internal static class ConnectionStrings
{
    private const string Masked = "***";
    private const string Development = "UseDevelopmentStorage";

    private static readonly HashSet<string> PublicNames = new(StringComparer.OrdinalIgnoreCase)
    {
        Development, "DefaultEndpointsProtocol", "AccountName", "EndpointSuffix", "BlobEndpoint", "TableEndpoint", "QueueEndpoint", "FileEndpoint",
        "ssl", "abortConnect", "defaultDatabase", "name", "connectTimeout", "connectRetry", "serviceName", "user",
    };

    private static readonly HashSet<string> SecretNames = new(StringComparer.OrdinalIgnoreCase) { "AccountKey", "SharedAccessSignature", "password" };

    /// <summary>What is wrong with a connection string of an Azure account; null for nothing.</summary>
    internal static string? AzureProblem(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "is not set: give the account's connection string";
        }

        var parts = Split(text, ';');
        if (parts.Any(part => part.Value is null))
        {
            return "is no connection string: it is written NAME=VALUE;NAME=VALUE";
        }

        var names = parts.Select(part => part.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var isWhole = names.Contains(Development)
            || (names.Contains("AccountName") && names.Contains("AccountKey"))
            || (names.Contains("SharedAccessSignature") && (names.Contains("AccountName") || names.Any(name => name.EndsWith("Endpoint", StringComparison.OrdinalIgnoreCase))));
        return isWhole ? KeyProblem(parts) : "names no account and key: it has AccountName and AccountKey, or SharedAccessSignature and an endpoint";
    }

    /// <summary>What is wrong with a connection string of a Redis server; null for nothing.</summary>
    internal static string? RedisProblem(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "is not set: give HOST:PORT of the Redis server, and ,password=PASSWORD where it needs one";
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            return "is an address with a scheme: give HOST:PORT,password=PASSWORD,ssl=true";
        }

        return Split(text, ',').Any(part => part.Value is null) ? null : "names no server: it begins with HOST:PORT";
    }

    /// <summary>A connection string of an Azure account, without what must stay secret.</summary>
    internal static string MaskAzure(string text) => string.Join(';', Split(text, ';').Select(MaskPart));

    /// <summary>A connection string of a Redis server, without what must stay secret: servers come first, and nothing else has no name.</summary>
    internal static string MaskRedis(string text)
    {
        var parts = Split(text, ',');
        var servers = parts.TakeWhile(part => part.Value is null).Select(part => MaskAddress(part.Name)).ToList();
        return string.Join(',', [.. servers, .. parts.Skip(servers.Count).Select(MaskPart)]);
    }

    /// <summary>An address without what must stay secret: a signature in its query, a password before its host.</summary>
    internal static string MaskAddress(string value)
    {
        var query = value.IndexOf('?', StringComparison.Ordinal);
        var visible = query < 0 ? value : $"{value[..query]}?{Masked}";
        var at = visible.LastIndexOf('@');
        return at < 0 ? visible : $"{Masked}{visible[at..]}";
    }

    private static string MaskPart((string Name, string? Value) part) =>
        part.Value is { } value && PublicNames.Contains(part.Name) ? $"{part.Name}={MaskAddress(value)}"
        : part.Value is not null && SecretNames.Contains(part.Name) ? $"{part.Name}={Masked}"
        : Masked;

    private static string? KeyProblem(List<(string Name, string? Value)> parts)
    {
        var key = parts.Find(part => string.Equals(part.Name, "AccountKey", StringComparison.OrdinalIgnoreCase)).Value;
        return key is null || Convert.TryFromBase64String(key, new byte[key.Length], out _) ? null : "has an AccountKey that is not Base64: copy it again, whole";
    }

    private static List<(string Name, string? Value)> Split(string text, char separator) =>
        [.. text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part =>
            part.Split('=', 2) is [var name, var value] ? (name.Trim(), value) : (part, (string?)null))];
}
