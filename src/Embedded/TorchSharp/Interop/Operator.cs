using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>An operator of libtorch, by its schema's name ("add.Tensor"); found in the running libtorch on its first call.</summary>
/// <remarks>Arguments left out at the end take the schema's defaults. Every call throws libtorch's message on failure.</remarks>
internal sealed unsafe class Operator(string name)
{
    private const int StackWords = 48;

    private nint _handle;

    /// <summary>Whether the running libtorch has it.</summary>
    internal bool Exists => Find() != 0;

    private nint Resolved => _handle != 0 ? _handle : Resolve();

    /// <summary>Calls an operator that returns one tensor.</summary>
    [SkipLocalsInit]
    internal Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* values = stackalloc NativeValue[arguments.Length];
        int words = Words(arguments);
        nint result;
        if (words <= StackWords)
        {
            long* pool = stackalloc long[StackWords];
            Write(arguments, values, pool);
            result = Native.nsft_call(Resolved, values, arguments.Length);
        }
        else
        {
            fixed (long* pool = new long[words])
            {
                Write(arguments, values, pool);
                result = Native.nsft_call(Resolved, values, arguments.Length);
            }
        }

        return result == 0 ? throw Native.Failure() : new Tensor(result);
    }

    /// <summary>Calls an operator that changes its first argument, and returns that argument.</summary>
    [SkipLocalsInit]
    internal Tensor Update(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* values = stackalloc NativeValue[arguments.Length];
        fixed (long* pool = new long[Words(arguments)])
        {
            Write(arguments, values, pool);
            Native.Check(Native.nsft_call_in_place(Resolved, values, arguments.Length));
        }

        return (Tensor)arguments[0].Owner!;
    }

    /// <summary>Calls an operator that returns several tensors or a list of them.</summary>
    [SkipLocalsInit]
    internal Tensor[] CallMany(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* values = stackalloc NativeValue[arguments.Length];
        nint* handles;
        int produced;
        fixed (long* pool = new long[Words(arguments)])
        {
            Write(arguments, values, pool);
            Native.Check(Native.nsft_call_many(Resolved, values, arguments.Length, &handles, &produced));
        }

        var results = new Tensor[produced];
        for (int i = 0; i < produced; i++)
        {
            results[i] = handles[i] == 0 ? null! : new Tensor(handles[i]);
        }

        return results;
    }

    internal (Tensor First, Tensor Second) CallPair(params ReadOnlySpan<Argument> arguments)
    {
        Tensor[] results = CallMany(arguments);
        return (results[0], results[1]);
    }

    private static int Words(ReadOnlySpan<Argument> arguments)
    {
        int words = 0;
        foreach (ref readonly Argument argument in arguments)
        {
            words += argument.Owner is null ? 0 : argument.Words;
        }

        return words;
    }

    private static void Write(ReadOnlySpan<Argument> arguments, NativeValue* values, long* pool)
    {
        foreach (ref readonly Argument argument in arguments)
        {
            argument.Write(values++, ref pool);
        }
    }

    private nint Resolve()
    {
        nint found = Find();
        return found != 0 ? found : throw Native.Failure();
    }

    private nint Find()
    {
        if (_handle == 0)
        {
            int dot = name.IndexOf('.', StringComparison.Ordinal);
            string plain = dot < 0 ? name : name[..dot];
            _handle = Native.nsft_operator("aten::" + plain, dot < 0 ? string.Empty : name[(dot + 1)..]);
        }

        return _handle;
    }
}
