using System.Globalization;
using System.Reflection;
using System.Text;

namespace Orleans.Serialization;

/// <summary>The grammar of type names in messages: <c>name</c>, <c>name&lt;arguments&gt;</c>, either followed by <c>[]</c>, <c>[,]</c> and so on.</summary>
internal ref struct WireTypeName
{
    private const int MaxDepth = 16;
    private const string Special = "<>[],\\";

    private readonly ReadOnlySpan<char> _text;
    private readonly Func<string, Type> _find;
    private int _at;

    private WireTypeName(ReadOnlySpan<char> text, Func<string, Type> find)
    {
        _text = text;
        _find = find;
    }

    /// <summary>The name of a type that has no arguments, or of a generic definition.</summary>
    public static string Simple(Type type) => type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias ?? type.FullName ?? type.Name;

    /// <summary>The name of any type.</summary>
    public static string Format(Type type)
    {
        if (type.IsArray)
        {
            return $"{Format(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (!type.IsConstructedGenericType)
        {
            return Escape(Simple(type));
        }

        return $"{Escape(Simple(type.GetGenericTypeDefinition()))}<{string.Join(',', type.GetGenericArguments().Select(Format))}>";
    }

    /// <summary>The type of a name whose parts a function knows.</summary>
    /// <exception cref="SerializerException">The name is no name.</exception>
    public static Type Parse(string name, Func<string, Type> find)
    {
        WireTypeName parser = new(name, find);
        Type type = parser.ParseType(0);
        return parser._at == name.Length ? type : throw WireReader.Malformed("a type's name goes on");
    }

    private static string Escape(string name)
    {
        StringBuilder escaped = new();
        foreach (char one in name)
        {
            (Special.Contains(one, StringComparison.Ordinal) ? escaped.Append('\\') : escaped).Append(one);
        }

        return escaped.ToString();
    }

    private Type ParseType(int depth)
    {
        if (depth > MaxDepth)
        {
            throw WireReader.Malformed("a type's name is nested too deep");
        }

        Type type = _find(ParseSimple());
        if (TryTake('<'))
        {
            List<Type> arguments = [ParseType(depth + 1)];
            while (TryTake(','))
            {
                arguments.Add(ParseType(depth + 1));
            }

            if (!TryTake('>') || !type.IsGenericTypeDefinition || type.GetGenericArguments().Length != arguments.Count)
            {
                throw WireReader.Malformed(string.Create(CultureInfo.InvariantCulture, $"{arguments.Count} arguments of a type's name"));
            }

            type = type.MakeGenericType([.. arguments]);
        }

        for (int ranks = 0; TryTake('['); ranks++)
        {
            int rank = 1;
            while (TryTake(','))
            {
                rank++;
            }

            if (!TryTake(']') || rank > 32 || ranks > MaxDepth)
            {
                throw WireReader.Malformed("an array's name");
            }

            type = rank == 1 ? type.MakeArrayType() : type.MakeArrayType(rank);
        }

        return type.ContainsGenericParameters ? throw WireReader.Malformed("a type's name lacks arguments") : type;
    }

    private string ParseSimple()
    {
        StringBuilder name = new();
        while (_at < _text.Length && (_text[_at] == '\\' || !Special.Contains(_text[_at], StringComparison.Ordinal)))
        {
            _at += _text[_at] == '\\' && _at + 1 < _text.Length ? 1 : 0;
            name.Append(_text[_at++]);
        }

        return name.ToString();
    }

    private bool TryTake(char wanted)
    {
        bool taken = _at < _text.Length && _text[_at] == wanted;
        _at += taken ? 1 : 0;
        return taken;
    }
}
