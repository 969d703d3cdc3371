using System.Text.RegularExpressions;
using NSft.Collectives;

namespace NSft.Storage;

/// <summary>Names of objects below an address.</summary>
internal static partial class ObjectName
{
    /// <summary>Ends the name of a file that guards another one while it is written.</summary>
    internal const string LockSuffix = ".nsft-lock";

    private const int LongestPart = 200;
    private const int Longest = 900;

    /// <summary>Refuses a name that not every store can hold.</summary>
    /// <exception cref="UserInputException">It is such a name.</exception>
    internal static string Check(StoreAddress address, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= Longest && name.Split('/').All(IsPart)
            ? name
            : throw new UserInputException(
                $"{address}: '{name}' is no object's name; it needs 1 to {Longest} characters, in parts of 1 to {LongestPart} separated by '/', without '\\' and control characters, and no part may end with '.'");
    }

    /// <summary>Whether a file of a store's folder is not an object: a lock, or one that is being written.</summary>
    internal static bool IsHidden(string fileName) => fileName.EndsWith(LockSuffix, StringComparison.Ordinal) || Temporary().IsMatch(fileName);

    private static bool IsPart(string part) =>
        part.Length is > 0 and <= LongestPart && part[^1] != '.' && part != ".." && !IsHidden(part) && !part.Any(letter => letter == '\\' || char.IsControl(letter));

    [GeneratedRegex(@"\.[0-9a-f]{32}\.tmp$")]
    private static partial Regex Temporary();
}
