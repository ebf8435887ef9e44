//! JSON as it was served: members keep their order, and it prints the way a person would write it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// What fits here stays on one line.
const WIDTH: usize = 110;

/// A value whose objects have their members in the order they came in.
#[derive(Debug, Clone)]
pub enum Json {
    Members(Vec<(String, Json)>),
    Items(Vec<Json>),
    Leaf(Value),
}

impl Json {
    /// Changes this value and every value in it that has a name; one in a list has its list's.
    pub fn each(&mut self, name: &str, change: &mut impl FnMut(&str, &mut Json)) {
        change(name, self);
        match self {
            Self::Members(members) => members.iter_mut().for_each(|(name, value)| value.each(name, change)),
            Self::Items(items) => items.iter_mut().for_each(|item| item.each(name, change)),
            Self::Leaf(_) => {}
        }
    }

    /// The first of more than two objects, and how many more there were.
    pub fn shorten(&mut self) {
        if let Self::Items(items) = self
            && items.len() > 2
            && matches!(items[0], Self::Members(_))
        {
            let more = format!("[... {} more]", items.len() - 1);
            items.truncate(1);
            items.push(Self::Leaf(more.into()));
        }
    }

    /// The value as text, begun `depth` steps in.
    pub fn pretty(&self, depth: usize) -> String {
        let line = self.one_line();
        if depth > 0 && depth * 2 + line.chars().count() <= WIDTH {
            return line;
        }
        let (open, close, parts): (_, _, Vec<String>) = match self {
            Self::Leaf(_) => return line,
            Self::Items(items) => ('[', ']', items.iter().map(|item| item.pretty(depth + 1)).collect()),
            Self::Members(members) => {
                let member =
                    |(name, value): &(String, Json)| format!("\"{name}\": {}", value.pretty(depth + 1));
                ('{', '}', members.iter().map(member).collect())
            }
        };
        let (indent, outdent) = ("  ".repeat(depth + 1), "  ".repeat(depth));
        format!("{open}\n{indent}{}\n{outdent}{close}", parts.join(&format!(",\n{indent}")))
    }

    fn one_line(&self) -> String {
        match self {
            Self::Leaf(value) => value.to_string(),
            Self::Items(items) => {
                let items: Vec<String> = items.iter().map(Self::one_line).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Members(members) => {
                let member = |(name, value): &(String, Json)| format!("\"{name}\": {}", value.one_line());
                let members: Vec<String> = members.iter().map(member).collect();
                format!("{{{}}}", members.join(", "))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AsServed)
    }
}

struct AsServed;

impl<'de> Visitor<'de> for AsServed {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Json::Members(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Json::Items(items))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Leaf(value.into()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Leaf(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Leaf(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Leaf(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Leaf(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Leaf(Value::Null))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_long_lists_say_what_they_leave_out() {
        let mut served: Json =
            serde_json::from_str(r#"{"b":1,"a":[{"x":1},{"x":2},{"x":3}],"c":["y",null,true]}"#).unwrap();
        served.each("", &mut |_, value| value.shorten());
        let wanted =
            "{\n  \"b\": 1,\n  \"a\": [{\"x\": 1}, \"[... 2 more]\"],\n  \"c\": [\"y\", null, true]\n}";
        assert_eq!(served.pretty(0), wanted);
    }
}
